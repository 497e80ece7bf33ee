using Orkestra.Authoring;
using Orkestra.Client.Connections;

namespace Orkestra.Client;

/// <summary>A client over any connection. In a .NET host, <c>AddOrkestra</c> makes the clients.</summary>
/// <typeparam name="TWorkflow">The workflow.</typeparam>
public sealed class WorkflowClient<TWorkflow> : IWorkflowClient<TWorkflow>
    where TWorkflow : Workflow
{
    readonly string name;
    volatile string? stateMachineArn;

    /// <summary>Creates a client.</summary>
    /// <param name="workflow">The workflow. It is compiled here.</param>
    /// <param name="connection">Where its executions run; the caller owns the connection.</param>
    /// <param name="stateMachineArn">
    /// The ARN of the state machine, of a version or of an alias. When null, the default, the state machine with the workflow's name is looked up once.
    /// </param>
    /// <exception cref="WorkflowException">The workflow cannot be compiled.</exception>
    /// <exception cref="ArgumentException">The ARN is not that of a state machine.</exception>
    public WorkflowClient(TWorkflow workflow, WorkflowConnection connection, string? stateMachineArn = null)
    {
        ArgumentNullException.ThrowIfNull(workflow);
        ArgumentNullException.ThrowIfNull(connection);
        if (stateMachineArn is not null && !(stateMachineArn.StartsWith("arn:", StringComparison.Ordinal) && stateMachineArn.Contains(":stateMachine:", StringComparison.Ordinal)))
            throw new ArgumentException($"'{stateMachineArn}' is not the ARN of a state machine: write 'arn:aws:states:REGION:ACCOUNT:stateMachine:NAME', or leave it out to look for the name of {workflow.Name}.", nameof(stateMachineArn));
        name = workflow.Name;
        Serializer = workflow.Compile().Serializer;
        Connection = connection;
        this.stateMachineArn = stateMachineArn;
    }

    /// <inheritdoc/>
    public WorkflowConnection Connection { get; }

    /// <inheritdoc/>
    public PayloadSerializer Serializer { get; }

    /// <inheritdoc/>
    public async Task<string> GetStateMachineArnAsync(CancellationToken cancellationToken = default) =>
        stateMachineArn ??= await Connection.FindStateMachineAsync(name, cancellationToken).ConfigureAwait(false);
}
