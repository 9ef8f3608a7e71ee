const REASONS: Readonly<Record<string, string>> = {
  EACCES: "permission denied",
  EEXIST: "there is a file of that name",
  EISDIR: "is a folder",
  ELOOP: "symbolic links that lead in a circle",
  ENAMETOOLONG: "the name is too long",
  ENODEV: "nothing can be written there",
  ENOENT: "no such file or folder",
  ENOSPC: "no space left",
  ENOTDIR: "a part of the path is no folder",
  ENOTEMPTY: "is a folder",
  EPERM: "not permitted",
  EROFS: "the file system is read-only",
  ETXTBSY: "the file is being executed",
};

/** Why the operating system refused, in plain words. */
export function reasonOf(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  return REASONS[code ?? ""] ?? message;
}
