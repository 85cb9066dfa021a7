import { useTranslation } from "react-i18next";
import type { Repair } from "../../app/engine-types.ts";

/** Says what a repair does, in a few words. */
export function useRepairText(): (repair: Repair) => string {
  const { t } = useTranslation("inspector");
  return (repair) => {
    switch (repair.kind) {
      case "insert":
        return t("repair.insert", { layer: repair.layer });
      case "remove":
        return t("repair.remove");
      case "set":
      case "setOptimizer": {
        const { field, value } = repair;
        return typeof value === "string" ? t("repair.use", { field, value }) : t("repair.set", { field, value });
      }
    }
  };
}
