import vue from '@vitejs/plugin-vue';
import { defineConfig } from 'vite';

// The chat server of `npm start`. A site of yours has it under its own host name, or names it in `server`.
const chat = { target: 'http://localhost:8787', ws: true };

export default defineConfig({
  // Vue asks for a component of each tag it does not know; ours is the browser's business.
  plugins: [vue({ template: { compilerOptions: { isCustomElement: (tag) => tag.startsWith('chat-') } } })],
  server: { proxy: { '/v1': chat, '/demo': chat } },
});
