import { createApp } from './app.ts';

const port = Number(process.env.PORT ?? 8080);
const app = createApp().listen(port, process.env.HOST ?? '0.0.0.0', () => {
  console.log(JSON.stringify({ message: 'listening', port }));
});
process.once('SIGTERM', () => app.close());
