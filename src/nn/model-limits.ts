// How large a model may be; the experiment's schema and the canvas both hold to it.

export const MAX_NODES = 1000;
export const MAX_EDGES = 4000;
export const MAX_GROUPS = 200;
