using Orkestra.Expressions.Data;

namespace Orkestra.Hosting;

/// <summary>Work that a worker took from an activity. It ends with <see cref="ExecutionRunner.SendTaskSuccess"/> or <see cref="ExecutionRunner.SendTaskFailure"/>.</summary>
/// <param name="TaskToken">The token to send back.</param>
/// <param name="Input">The task's input.</param>
public sealed record ActivityTask(string TaskToken, JsonValue Input);
