import type { Messages } from "./en.ts";
import canvas from "./zh/canvas.json";
import charts from "./zh/charts.json";
import data from "./zh/data.json";
import gallery from "./zh/gallery.json";
import inspector from "./zh/inspector.json";
import links from "./zh/links.json";
import palette from "./zh/palette.json";
import runs from "./zh/runs.json";
import shell from "./zh/shell.json";
import training from "./zh/training.json";
import views from "./zh/views.json";

/** Every visible string in Simplified Chinese. */
export const messages: Messages = {
  shell,
  canvas,
  palette,
  inspector,
  data,
  training,
  charts,
  views,
  runs,
  gallery,
  links,
};
