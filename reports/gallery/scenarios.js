/** The reports of the gallery, in the order in which they are shown. */
export const GALLERY = [
  {
    name: "quick-start",
    scenario: "scenarios/quick-start.yaml",
    question: "A member dies for two minutes: which lbmethod keeps response times low, and what does nofailover cost?",
  },
  {
    name: "side-by-side",
    scenario: "scenarios/side-by-side.yaml",
    question: "The same backends, users and crash behind Apache, nginx, HAProxy and Caddy.",
  },
  {
    name: "nginx",
    scenario: "scenarios/nginx/nginx.yaml",
    question: "Four ways to choose a server with one nginx.conf: who keeps sessions?",
  },
  {
    name: "retry-too-long",
    scenario: "scenarios/troubleshooting/retry-too-long.yaml",
    question: "How long does a member that is well again stay out?",
  },
  {
    name: "retry-storm",
    scenario: "scenarios/capacity/retry-storm.yaml",
    question: "When do retries turn a short outage into a long one?",
  },
  {
    name: "rolling-restart",
    scenario: "scenarios/capacity/rolling-restart.yaml",
    question: "What do users notice of a restart of one member after the other?",
  },
];
