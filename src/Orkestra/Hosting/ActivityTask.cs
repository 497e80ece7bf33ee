using Orkestra.Expressions.Data;

namespace Orkestra.Hosting;

/// <summary>Work that a worker took from an activity. It ends with <see cref="OrkestraRuntime.SendTaskSuccessAsync"/> or <see cref="OrkestraRuntime.SendTaskFailureAsync"/>.</summary>
/// <param name="TaskToken">The token to send back.</param>
/// <param name="Input">The task's input.</param>
public sealed record ActivityTask(string TaskToken, JsonValue Input);
