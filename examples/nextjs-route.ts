// The receiver as a route handler of Next.js: app/v1.0/qr/qr-cpm-notify/route.ts
import { handler } from "./notifications.ts";

export const POST = (request: Request) => handler(request);
