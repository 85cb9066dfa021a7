/** Brings the keyboard to the first field of what is selected, once the inspector shows it. */
export function focusInspector(): void {
  requestAnimationFrame(() => {
    document
      .querySelector<HTMLElement>("#inspector :is(input, select, textarea, [role=combobox]):not(:disabled)")
      ?.focus();
  });
}
