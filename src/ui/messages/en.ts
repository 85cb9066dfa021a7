import canvas from "./en/canvas.json";
import charts from "./en/charts.json";
import data from "./en/data.json";
import gallery from "./en/gallery.json";
import inspector from "./en/inspector.json";
import links from "./en/links.json";
import palette from "./en/palette.json";
import runs from "./en/runs.json";
import shell from "./en/shell.json";
import training from "./en/training.json";
import views from "./en/views.json";

/** Every visible string in English, by area of the screen. */
export const messages = {
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

/** What every language has to say. */
export type Messages = typeof messages;
