import { joinPath } from "../config/document/join-path.ts";
import type { ReadHost } from "../contract/proxy-family.ts";

/**
 * The outside as a configuration sees it. A relative path counts from the folder of the configuration, or from the one
 * above it (Debian keeps sites in a folder below the root). Paths below a ServerRoot that this machine lacks are looked
 * for there too, so that a copied configuration finds the files that were copied with it. Names stay as the configuration
 * says them.
 */
export function besideHost(host: ReadHost, file: string, text: string): ReadHost {
  const root = /^[ \t]*ServerRoot[ \t]+"?([^"\s]+)"?/im.exec(text)?.[1]?.replace(/\/+$/, "") ?? null;
  const folders = [joinPath(file, "."), joinPath(file, "..")].filter((folder, i, all) => all.indexOf(folder) === i);
  /** Where a name may lie, each as a folder that stands for the first `cut` characters of the name. */
  const places = (name: string): { readonly folder: string; readonly cut: number }[] => {
    const below = root !== null && name.startsWith(`${root}/`) ? root.length + 1 : -1;
    if (name.startsWith("/") && below < 0) return [{ folder: "/", cut: 1 }];
    const besides = folders.map((folder) => ({ folder, cut: Math.max(0, below) }));
    return below < 0 ? besides : [{ folder: "/", cut: 1 }, ...besides];
  };
  return {
    env: host.env,
    load: (name) => {
      for (const { folder, cut } of places(name)) {
        const found = host.load(inFolder(folder, name.slice(cut)));
        if (found !== null) return found;
      }
      return null;
    },
    list: (pattern) => {
      for (const { folder, cut } of places(pattern)) {
        const found = host.list(inFolder(folder, pattern.slice(cut)));
        const start = inFolder(folder, "").length;
        if (found.length > 0) return found.map((path) => pattern.slice(0, cut) + path.slice(start));
      }
      return [];
    },
  };
}

function inFolder(folder: string, rest: string): string {
  if (folder === ".") return rest;
  return folder === "/" ? `/${rest}` : `${folder}/${rest}`;
}
