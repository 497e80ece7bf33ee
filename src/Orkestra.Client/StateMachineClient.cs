using Orkestra.Authoring;
using Orkestra.Client.Connections;

namespace Orkestra.Client;

/// <summary>A client of a state machine that was not written as a <see cref="Workflow{TIn, TOut}"/>, such as a document; the types say what its input and output are.</summary>
/// <typeparam name="TIn">The input.</typeparam>
/// <typeparam name="TOut">The output.</typeparam>
public sealed class StateMachineClient<TIn, TOut> : IWorkflowClient<Workflow<TIn, TOut>>
{
    readonly string stateMachine;
    volatile string? arn;

    /// <summary>Creates a client.</summary>
    /// <param name="stateMachine">The name or the ARN of the state machine; of a version or an alias, the ARN. A name is looked up once.</param>
    /// <param name="connection">Where its executions run; the caller owns the connection.</param>
    /// <param name="serializer">Reads and writes payloads; <see cref="PayloadSerializer.Default"/> when null.</param>
    public StateMachineClient(string stateMachine, WorkflowConnection connection, PayloadSerializer? serializer = null)
    {
        ArgumentNullException.ThrowIfNull(stateMachine);
        ArgumentNullException.ThrowIfNull(connection);
        this.stateMachine = stateMachine;
        if (stateMachine.StartsWith("arn:", StringComparison.Ordinal)) arn = stateMachine;
        Connection = connection;
        Serializer = serializer ?? PayloadSerializer.Default;
    }

    /// <inheritdoc/>
    public WorkflowConnection Connection { get; }

    /// <inheritdoc/>
    public PayloadSerializer Serializer { get; }

    /// <inheritdoc/>
    public async Task<string> GetStateMachineArnAsync(CancellationToken cancellationToken = default) =>
        arn ??= await Connection.FindStateMachineAsync(stateMachine, cancellationToken).ConfigureAwait(false);
}
