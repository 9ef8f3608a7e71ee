import { describe, expect, it } from "vitest";
import { RequestPlaces } from "../../../src/model/cookies/request-place.ts";

describe("RequestPlaces", () => {
  it("gives one place to targets that differ only in parameters, query, port or case of the host", () => {
    const places = new RequestPlaces();
    const place = places.of("/app/cart;jsessionid=1?x=2", "Shop.Example:8080");
    expect(place).toEqual({ index: 0, host: "shop.example", path: "/app/cart", defaultPath: "/app" });
    expect(places.of("/app/cart", "shop.example")).toBe(place);
    expect(places.of("/app/other", "shop.example").index).toBe(1);
  });

  it("has the default path of RFC 6265 section 5.1.4", () => {
    const places = new RequestPlaces();
    const path = (target: string) => places.of(target, "h").defaultPath;
    expect([path("/"), path("/page"), path("/a/"), path("/a/b/c"), path("*")]).toEqual(["/", "/", "/a", "/a/b", "/"]);
  });
});
