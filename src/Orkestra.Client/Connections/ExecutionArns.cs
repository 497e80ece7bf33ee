namespace Orkestra.Client.Connections;

/// <summary>The ARNs of executions, which follow from that of their state machine and their name.</summary>
internal static class ExecutionArns
{
    const string Machine = ":stateMachine:";

    /// <summary>The ARN of a Standard execution; null when the text is not the ARN of a state machine.</summary>
    /// <param name="stateMachineArn">The ARN of a state machine, or of one of its versions or aliases.</param>
    /// <param name="name">The name of the execution.</param>
    internal static string? Of(string stateMachineArn, string name)
    {
        var at = stateMachineArn.IndexOf(Machine, StringComparison.Ordinal);
        return at < 0 ? null : $"{stateMachineArn[..at]}:execution:{stateMachineArn[(at + Machine.Length)..].Split(':')[0]}:{name}";
    }
}
