import { createPlayground } from "../app/playground.ts";
import { languageOf } from "../app/preferences-store.ts";
import { start } from "../app/start.ts";
import { startWorker } from "../app/start-worker.ts";
import { loadMessages } from "./messages/load-messages.ts";
import "./theme.css";

// The worker first, and what it has to do: it loads and works while the page is still being loaded and drawn.
const playground = createPlayground(startWorker());
const started = start(playground);
const [{ showScreen }] = await Promise.all([
  import("./screen.tsx"),
  loadMessages(languageOf(playground.preferences.getState())),
]);
await showScreen(playground);
await started;
