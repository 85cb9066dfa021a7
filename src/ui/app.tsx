import { DropTarget } from "./links/drop-target.tsx";
import { Banners } from "./shell/banners.tsx";
import { NarrowLayout } from "./shell/narrow-layout.tsx";
import { SkipLink } from "./shell/skip-link.tsx";
import { TopBar } from "./shell/top-bar.tsx";
import { useIsNarrow } from "./shell/use-is-narrow.ts";
import { useShortcuts } from "./shell/use-shortcuts.ts";
import { WideLayout } from "./shell/wide-layout.tsx";

export function App() {
  useShortcuts();
  const isNarrow = useIsNarrow();
  return (
    <div className="flex h-dvh flex-col">
      <SkipLink />
      <TopBar />
      <Banners />
      {isNarrow ? <NarrowLayout /> : <WideLayout />}
      <DropTarget />
    </div>
  );
}
