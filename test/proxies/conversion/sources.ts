import { readFileSync } from "node:fs";

/** Configurations that a user might start from, as text. */
export interface Source {
  readonly family: "apache" | "nginx" | "haproxy" | "caddy";
  readonly file: string;
  readonly text: string;
  /** host:port of every member in order, and its weight. */
  readonly members: Readonly<Record<string, number>>;
  readonly listen: string;
  /** Shortest path that reaches the first group. */
  readonly path: string;
}

const conf = (name: string): string => readFileSync(`scenarios/configs/${name}`, "utf8");

/** The user's own, with addresses that are none. */
const WEBSOCKET = `<VirtualHost *:80>
    ServerName websocketapp.com
    <Proxy balancer://websocket_cluster>
        BalancerMember ws://192.168.1.301:8080/websocket route=wsnode1
        BalancerMember ws://192.168.1.302:8080/websocket route=wsnode2
        ProxySet lbmethod=byrequests
    </Proxy>
    ProxyPass /ws/ balancer://websocket_cluster/
    ProxyPassReverse /ws/ balancer://websocket_cluster/
</VirtualHost>
`;

const APACHE_STICKY = `<VirtualHost *:80>
    ServerName yourdomain.com
    <Proxy balancer://mycluster_sticky>
        BalancerMember http://192.168.1.101:8080 route=node1 loadfactor=10
        BalancerMember http://192.168.1.102:8080 route=node2 loadfactor=10
        BalancerMember http://192.168.1.103:8080 route=node3 loadfactor=5
        ProxySet stickysession=JSESSIONID nofailover=On
        ProxySet lbmethod=bybusyness
        ProxySet timeout=10
        ProxySet failonstatus=500,503
    </Proxy>
    ProxyPass /app/ balancer://mycluster_sticky/app/
    ProxyPassReverse /app/ balancer://mycluster_sticky/app/
    <Location /balancer-manager>
        SetHandler balancer-manager
    </Location>
</VirtualHost>
`;

/** The nginx.conf of the user with the events block that the real program asks for. */
export function nginxSeed(method: string): string {
  return `events {}
http {
    upstream backend_servers {
        ${method}
        server 192.168.1.101:8080;
        server 192.168.1.102:8080;
        server 192.168.1.103:8080;
    }
    server {
        listen 80;
        server_name yourdomain.com;
        location /app/ {
            proxy_pass http://backend_servers/app/;
            proxy_set_header Host $host;
            proxy_set_header X-Real-IP $remote_addr;
            proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
            proxy_set_header X-Forwarded-Proto $scheme;
            proxy_http_version 1.1;
            proxy_set_header Upgrade $http_upgrade;
            proxy_set_header Connection "upgrade";
        }
    }
}
`;
}

/** The haproxy.cfg of the user, with another balance line or cookie line. */
export function haproxySeed(balance: string, cookie: string): string {
  return `global
    maxconn 20000
    daemon
defaults
    mode http
    option http-server-close
    option forwardfor
    timeout connect 5000ms
    timeout client 50000ms
    timeout server 50000ms
frontend http_front
    bind *:80
    acl is_app path_beg /app
    use_backend app_backends if is_app
    default_backend default_webserver
backend app_backends
    balance ${balance}
    ${cookie}
    option httpchk GET /health
    server app1 192.168.1.101:8080 cookie node1 check
    server app2 192.168.1.102:8080 cookie node2 check
    server app3 192.168.1.103:8080 cookie node3 check backup
backend default_webserver
    server web1 192.168.1.100:80 check
`;
}

export const CADDYFILE = `:80 {
    reverse_proxy /app/* 192.168.1.101:8080 192.168.1.102:8080 192.168.1.103:8080 {
        lb_policy least_conn
        lb_retries 2
        fail_duration 10s
        health_uri /health
    }
}
`;

const THREE: Readonly<Record<string, number>> = {
  "192.168.1.101:8080": 1,
  "192.168.1.102:8080": 1,
  "192.168.1.103:8080": 1,
};
const HAPROXY = { ...THREE, "192.168.1.100:80": 1 };

export const SOURCES: readonly Source[] = [
  {
    family: "apache",
    file: "apache-0-intro.conf",
    text: conf("apache-0-intro.conf"),
    members: { "backend1.example.com:8080": 10, "backend2.example.com:8080": 10, "backend3.example.com:8080": 5 },
    listen: "80",
    path: "/app",
  },
  {
    family: "apache",
    file: "apache-1-byrequests.conf",
    text: conf("apache-1-byrequests.conf"),
    members: { "192.168.1.101:8080": 1, "192.168.1.102:8080": 1 },
    listen: "80",
    path: "/app/",
  },
  {
    family: "apache",
    file: "apache-2-sticky-weighted.conf",
    text: APACHE_STICKY,
    members: { "192.168.1.101:8080": 10, "192.168.1.102:8080": 10, "192.168.1.103:8080": 5 },
    listen: "80",
    path: "/app/",
  },
  {
    family: "apache",
    file: "apache-3-https-backends.conf",
    text: conf("apache-3-https-backends.conf"),
    members: { "192.168.1.201:8443": 1, "192.168.1.202:8443": 1 },
    listen: "443",
    path: "/secure_app/",
  },
  {
    family: "apache",
    file: "apache-4-websocket.conf",
    text: WEBSOCKET,
    members: { "192.168.1.301:8080": 1, "192.168.1.302:8080": 1 },
    listen: "80",
    path: "/ws/",
  },
  {
    family: "apache",
    file: "apache-4-websocket.conf with other addresses",
    text: conf("apache-4-websocket.conf"),
    members: { "192.168.1.31:8080": 1, "192.168.1.32:8080": 1 },
    listen: "80",
    path: "/ws/",
  },
  {
    family: "apache",
    file: "apache-5-headers-routeid.conf",
    text: conf("apache-5-headers-routeid.conf"),
    members: { "192.168.1.41:8080": 1, "192.168.1.42:8080": 1 },
    listen: "80",
    path: "/",
  },
  ...["", "least_conn;", "ip_hash;", "hash $cookie_JSESSIONID consistent;"].map(
    (method): Source => ({
      family: "nginx",
      file: `nginx.conf ${method}`,
      text: nginxSeed(method),
      members: THREE,
      listen: "80",
      path: "/app/",
    }),
  ),
  ...[
    ["roundrobin", "cookie JSESSIONID insert indirect nocache"] as const,
    ["leastconn", "cookie SRV insert indirect nocache"] as const,
    ["roundrobin", "cookie JSESSIONID prefix nocache"] as const,
  ].map(
    ([balance, cookie]): Source => ({
      family: "haproxy",
      file: `haproxy.cfg ${balance}, ${cookie}`,
      text: haproxySeed(balance, cookie),
      members: HAPROXY,
      listen: "80",
      path: "/app",
    }),
  ),
  { family: "caddy", file: "Caddyfile", text: CADDYFILE, members: THREE, listen: "80", path: "/app/" },
];
