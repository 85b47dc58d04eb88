rootProject.name = "order-orchestrator"
