using Orkestra.Engine.Nodes;
using Orkestra.Expressions.Data;

namespace Orkestra.Engine.History;

/// <summary>The subject of a Scheduled event whose timeouts or credentials are not the usual none.</summary>
/// <param name="Task">The state.</param>
/// <param name="TimeoutSeconds">The timeout; null for none.</param>
/// <param name="HeartbeatSeconds">The heartbeat; null for none.</param>
/// <param name="Credentials">The task's credentials as an object with <c>roleArn</c>; null for none.</param>
internal sealed record ScheduleDetails(TaskNode Task, long? TimeoutSeconds, long? HeartbeatSeconds, JsonValue? Credentials);
