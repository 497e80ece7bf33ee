using Orkestra.Authoring;
using Orkestra.Client.Connections;

namespace Orkestra.Client;

/// <summary>
/// Starts and follows the executions of one workflow, wherever they run. The methods are in <see cref="WorkflowClientExtensions"/>, typed with the workflow's input and output.
/// Safe to use from any thread.
/// </summary>
/// <example><code>
/// public sealed class Shop(IWorkflowClient&lt;PlaceOrder&gt; orders)
/// {
///     public async Task&lt;Receipt&gt; BuyAsync(Order order) => await (await orders.StartAsync(order, name: order.Id)).WaitAsync();
/// }
/// </code></example>
/// <typeparam name="TWorkflow">The workflow.</typeparam>
public interface IWorkflowClient<out TWorkflow>
    where TWorkflow : Workflow
{
    /// <summary>Where the executions run.</summary>
    WorkflowConnection Connection { get; }

    /// <summary>Reads and writes payloads, as the workflow does.</summary>
    PayloadSerializer Serializer { get; }

    /// <summary>The ARN of the state machine.</summary>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="Orkestra.Hosting.Service.ServiceException"><c>StateMachineDoesNotExist</c>: the place has no state machine with the workflow's name.</exception>
    Task<string> GetStateMachineArnAsync(CancellationToken cancellationToken = default);
}
