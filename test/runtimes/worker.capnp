# workerd with one worker that may reach this machine.
using Workerd = import "/workerd/workerd.capnp";

const config :Workerd.Config = (
  services = [
    (name = "main", worker = .worker),
    (name = "internet", network = (allow = ["public", "private", "local"])),
  ],
  sockets = [(name = "http", address = "127.0.0.1:0", http = (), service = "main")],
);

const worker :Workerd.Worker = (
  modules = [(name = "worker.js", esModule = embed "worker.bundle.js")],
  bindings = [(name = "SETTINGS", json = embed "settings.json")],
  compatibilityDate = "2026-07-30",
  compatibilityFlags = ["nodejs_compat"],
);
