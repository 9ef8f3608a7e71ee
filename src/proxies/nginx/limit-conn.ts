/** A zone of limit_conn: requests in progress by key (spec/nginx.md C.4; ngx_http_limit_conn_handler). */
export class LimitConnCounts {
  private readonly counts = new Map<string, number>();

  /** Counts one more request unless there are `most` already. */
  take(key: string, most: number): boolean {
    const count = this.counts.get(key) ?? 0;
    if (count >= most) return false;
    this.counts.set(key, count + 1);
    return true;
  }

  give(key: string): void {
    const count = this.counts.get(key) ?? 0;
    if (count <= 1) this.counts.delete(key);
    else this.counts.set(key, count - 1);
  }
}
