import { testTable } from "./table.ts";

// The op test table is cut in four, so that its parts run side by side.
await testTable(1, 4);
