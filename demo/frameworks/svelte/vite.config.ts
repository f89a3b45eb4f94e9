import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vite';

// The chat server of `npm start`. A site of yours has it under its own host name, or names it in `server`.
const chat = { target: 'http://localhost:8787', ws: true };

export default defineConfig({
  plugins: [svelte()],
  server: { proxy: { '/v1': chat, '/demo': chat } },
});
