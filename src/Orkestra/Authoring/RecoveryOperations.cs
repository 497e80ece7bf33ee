using System.Linq.Expressions;
using System.Runtime.CompilerServices;
using Orkestra.Authoring.Branching;
using Orkestra.Authoring.Nodes;
using Orkestra.Authoring.Queries;

namespace Orkestra.Authoring;

/// <summary>What runs after success and failure, and what undoes work when a later step fails. Retries and catches are methods of <see cref="Flow{TIn, TOut}"/>.</summary>
public static class RecoveryOperations
{
    /// <summary>
    /// Runs another flow after this one, whether it succeeds or fails, like C#'s <c>finally</c>: <c>Rent.Finally(ReturnKey)</c>. It gets the input of this flow; its output isn't used. Then the result or the
    /// error of this flow goes on. If the last flow fails itself, its error takes the place of both. It guards what it is called on: <c>Try(a >> b).Finally(c)</c> guards both.
    /// </summary>
    /// <param name="flow">The flow.</param>
    /// <param name="last">What runs in any case.</param>
    public static Flow<TIn, TOut> Finally<TIn, TOut>(this Flow<TIn, TOut> flow, IFlowFrom<TIn> last) =>
        new(new FinallyFlowNode(FlowOperations.NodeOf(flow), FlowOperations.NodeOf(last)));

    /// <summary>Runs a flow that accepts anything after this one, as <see cref="Finally{TIn, TOut}(Flow{TIn, TOut}, IFlowFrom{TIn})"/> does.</summary>
    /// <param name="flow">The flow.</param>
    /// <param name="last">What runs in any case.</param>
    public static Flow<TIn, TOut> Finally<TIn, TOut>(this Flow<TIn, TOut> flow, IFlowFrom<object?> last) =>
        new(new FinallyFlowNode(FlowOperations.NodeOf(flow), FlowOperations.NodeOf(last)));

    /// <summary>
    /// Names what undoes this flow (a saga): if a later part of the same chain fails, the compensations of everything before it run in reverse order, and then the chain fails with that error.
    /// <code>
    /// Try(Reserve.CompensateWith(Release) >> Charge.CompensateWith(Refund) >> Ship).Catch&lt;Exception>(Apologize)
    /// </code>
    /// If Ship fails, Refund gets what Charge gave, Release gets what Reserve gave, and Apologize the error of Ship. If Charge fails, only Release runs. The chain is that of the workflow, of a branch, of the element of
    /// a map, or of <see cref="Workflow.Try{TIn, TOut}"/>. If a compensation fails, the others still run, and its error takes the place of the first, as in nested <c>catch</c> blocks.
    /// </summary>
    /// <param name="flow">The flow.</param>
    /// <param name="compensation">What undoes it. It takes what the flow gives.</param>
    public static Flow<TIn, TOut> CompensateWith<TIn, TOut>(this Flow<TIn, TOut> flow, IFlowFrom<TOut> compensation) =>
        new(new CompensateFlowNode(FlowOperations.NodeOf(flow), new Unread<Compensation>(new Compensation(FlowOperations.NodeOf(compensation), null))));

    /// <summary>Names a flow that accepts anything as what undoes this one, as <see cref="CompensateWith{TIn, TOut}(Flow{TIn, TOut}, IFlowFrom{TOut})"/> does.</summary>
    /// <param name="flow">The flow.</param>
    /// <param name="compensation">What undoes it.</param>
    public static Flow<TIn, TOut> CompensateWith<TIn, TOut>(this Flow<TIn, TOut> flow, IFlowFrom<object?> compensation) =>
        new(new CompensateFlowNode(FlowOperations.NodeOf(flow), new Unread<Compensation>(new Compensation(FlowOperations.NodeOf(compensation), null))));

    /// <summary>
    /// Names what undoes this flow, as <see cref="CompensateWith{TIn, TOut}(Flow{TIn, TOut}, IFlowFrom{TOut})"/> does, with an input made of what the flow was given and what it gave:
    /// <c>Charge.CompensateWith((order, receipt) => Refund.With(new Refund(order.Id, receipt.Amount)))</c>.
    /// </summary>
    /// <param name="flow">The flow.</param>
    /// <param name="compensation">A flow that is given its input by <see cref="FlowOperations.With"/>, which is a C# expression and becomes JSONata.</param>
    /// <param name="text">Set by the compiler.</param>
    public static Flow<TIn, TOut> CompensateWith<TIn, TOut>(
        this Flow<TIn, TOut> flow, Expression<Func<TIn, TOut, IFlowFrom<Nothing>>> compensation, [CallerArgumentExpression(nameof(compensation))] string text = "")
    {
        ArgumentNullException.ThrowIfNull(compensation);
        return new(new CompensateFlowNode(FlowOperations.NodeOf(flow), new Unread<Compensation>(() =>
        {
            var reading = FlowReader.Read(compensation.Body);
            return new Compensation(reading.Flow, reading.Input is { } input ? new CompensationInput(compensation.Parameters, input, FlowOperations.OneLine(text)) : null);
        })));
    }
}
