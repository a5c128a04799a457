"""How Docker Compose 2.40 reads the values of compose files, beyond their schema.

Source: compose-go, the library in Compose (loader/interpolate.go, override/uncity.go), and what
``docker compose config`` accepts and refuses at each key (2026-11).
``*`` stands for any name, ``[]`` for any entry of a list.
"""

# Before the schema is asked, some texts become numbers (``integral`` and ``unsigned``: without a point, not below
# zero) and truth values, and some lists lose their repetitions. The rest is read after it: parser/compose/texts.py.
READERS: dict[str, tuple[str, ...]] = {
    "integer": (
        "services.*.cpu_count", "services.*.cpu_period", "services.*.cpu_quota",
        "services.*.cpu_rt_period", "services.*.cpu_rt_runtime", "services.*.cpu_shares", "services.*.oom_score_adj",
        "services.*.pids_limit",
    ),
    "unsigned": (
        "services.*.deploy.replicas", "services.*.deploy.update_config.parallelism",
        "services.*.deploy.rollback_config.parallelism", "services.*.deploy.restart_policy.max_attempts",
        "services.*.deploy.placement.max_replicas_per_node", "services.*.healthcheck.retries",
        "services.*.ports.[].target", "services.*.scale",
    ),
    "integral-cast": (
        "services.*.configs.[].mode", "services.*.secrets.[].mode", "services.*.ulimits.*", "services.*.ulimits.*.hard",
        "services.*.ulimits.*.soft",
    ),
    "number": (
        "services.*.cpu_percent", "services.*.cpus", "services.*.deploy.update_config.max_failure_ratio",
        "services.*.deploy.rollback_config.max_failure_ratio",
    ),
    "boolean": (
        "services.*.init", "services.*.healthcheck.disable", "services.*.oom_kill_disable", "services.*.privileged",
        "services.*.read_only", "services.*.stdin_open", "services.*.tty", "services.*.volumes.[].read_only",
        "services.*.volumes.[].volume.nocopy", "networks.*.external", "networks.*.internal", "networks.*.attachable",
        "networks.*.enable_ipv4", "networks.*.enable_ipv6", "volumes.*.external", "secrets.*.external",
        "configs.*.external",
    ),
    "unique": (
        "networks.*.labels", "services.*.annotations", "services.*.build.args", "services.*.build.additional_contexts",
        "services.*.build.extra_hosts", "services.*.build.labels", "services.*.cap_add", "services.*.cap_drop",
        "services.*.deploy.labels", "services.*.dns", "services.*.dns_opt", "services.*.dns_search",
        "services.*.environment", "services.*.expose", "services.*.extra_hosts", "services.*.labels",
        "services.*.links", "services.*.networks.*.aliases", "services.*.networks.*.link_local_ips", "services.*.ports",
        "services.*.profiles", "services.*.sysctls", "services.*.tmpfs", "services.*.volumes",
    ),
    "duration": (
        "services.*.stop_grace_period", "services.*.healthcheck.interval", "services.*.healthcheck.timeout",
        "services.*.healthcheck.start_period", "services.*.healthcheck.start_interval",
        "services.*.deploy.update_config.delay", "services.*.deploy.update_config.monitor",
        "services.*.deploy.rollback_config.delay", "services.*.deploy.rollback_config.monitor",
        "services.*.deploy.restart_policy.delay", "services.*.deploy.restart_policy.window",
    ),
    "bytes": (
        "services.*.mem_limit", "services.*.mem_reservation", "services.*.memswap_limit", "services.*.mem_swappiness",
        "services.*.shm_size", "services.*.build.shm_size", "services.*.deploy.resources.limits.memory",
        "services.*.deploy.resources.reservations.memory", "services.*.volumes.[].tmpfs.size",
        "services.*.blkio_config.device_read_bps.[].rate", "services.*.blkio_config.device_read_iops.[].rate",
        "services.*.blkio_config.device_write_bps.[].rate", "services.*.blkio_config.device_write_iops.[].rate",
    ),
    "truth": (
        "services.*.attach", "services.*.build.no_cache", "services.*.build.pull", "services.*.build.privileged",
        "services.*.depends_on.*.restart", "services.*.env_file.[].required", "services.*.post_start.[].privileged",
        "services.*.pre_stop.[].privileged", "services.*.develop.watch.[].exec.privileged",
        "services.*.volumes.[].bind.create_host_path",
    ),
    "processors": ("services.*.deploy.resources.limits.cpus", "services.*.deploy.resources.reservations.cpus"),
    "whole": (
        "services.*.deploy.resources.limits.pids",
        "services.*.deploy.resources.reservations.generic_resources.[].discrete_resource_spec.value",
    ),
    "mode": ("services.*.build.secrets.[].mode",),
    "count": ("services.*.deploy.resources.reservations.devices.[].count", "services.*.gpus.[].count"),
    "text": ("services.*.pid", "services.*.build.additional_contexts.*"),
    "no-text-unsigned": (
        "services.*.blkio_config.weight", "services.*.blkio_config.weight_device.[].weight",
        "services.*.volumes.[].tmpfs.mode",
    ),
    "no-text": (
        "services.*.build.ulimits.*", "services.*.build.ulimits.*.hard",
        "services.*.build.ulimits.*.soft",
    ),
    "integral": (
        "services.*.expose.[]", "services.*.group_add.[]", "services.*.ports.[].published", "secrets.*.driver_opts.*",
    ),
    "command": (
        "services.*.command", "services.*.entrypoint", "services.*.post_start.[].command",
        "services.*.pre_stop.[].command", "services.*.develop.watch.[].exec.command",
    ),
    "port": ("services.*.ports.[]",),
    "address": ("services.*.ports.[].host_ip",),
    "volume": ("services.*.volumes.[]",),
    "device": ("services.*.devices.[]",),
    "host": ("services.*.extra_hosts.[]", "services.*.build.extra_hosts.[]"),
    "pair": ("services.*.build.additional_contexts.[]",),
    "ssh": ("services.*.build.ssh.[]",),
    "format": ("services.*.env_file.[].format",),
    "filled": ("services.*.develop.watch.[].path",),
}  # fmt: skip
