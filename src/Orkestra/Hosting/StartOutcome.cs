namespace Orkestra.Hosting;

/// <summary>What came of starting an execution unless there is one with its name (<see cref="OrkestraRuntimeExtensions.StartIfNewAsync"/>).</summary>
/// <param name="ExecutionArn">The ARN of the execution with the name, whether it was started now or before.</param>
/// <param name="IsNew">Whether it was started now.</param>
public readonly record struct StartOutcome(string ExecutionArn, bool IsNew);
