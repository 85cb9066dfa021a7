export const DRAGGED_LAYER = "application/descent-layer";
