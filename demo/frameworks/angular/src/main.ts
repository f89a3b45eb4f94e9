import { bootstrapApplication } from '@angular/platform-browser';
import { Orders } from './orders';

bootstrapApplication(Orders).catch((error: unknown) => console.error(error));
