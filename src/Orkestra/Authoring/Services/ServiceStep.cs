using System.Linq.Expressions;
using Orkestra.Authoring.Nodes;

namespace Orkestra.Authoring.Services;

/// <summary>
/// A call of a service without a function: a Task state whose arguments the state machine computes itself. It is a flow like any other: it has <c>Retry</c>, <c>Catch</c> and <c>Timeout</c>, and
/// can be mapped and captured. Instances are immutable and can be shared between threads and workflows.
/// </summary>
/// <typeparam name="TIn">The payload it takes.</typeparam>
/// <typeparam name="TOut">The payload it gives: what the service answers, or what is sent back with the task token.</typeparam>
public sealed class ServiceStep<TIn, TOut> : Flow<TIn, TOut>
{
    readonly ServiceFlowNode node;

    internal ServiceStep(ServiceFlowNode node)
        : base(node) => this.node = node;

    /// <summary>The same call, whose output is its input: what the service answers is dropped. For calls between steps that go on with the same payload.</summary>
    public ServiceStep<TIn, TIn> PassInput() => new(node.With(passesInput: true));

    /// <summary>The same call with the permissions of another role, such as one of another account, instead of those of the state machine.</summary>
    /// <param name="roleArn">The role's ARN, or a placeholder such as <c>${OrdersRole}</c>. The state machine's own role must be allowed to assume it.</param>
    public ServiceStep<TIn, TOut> AssumeRole(string roleArn)
    {
        ArgumentException.ThrowIfNullOrEmpty(roleArn);
        return new(node.With(roleArn: roleArn));
    }

    /// <summary>The same call with another output, computed from what the service answers by the state itself.</summary>
    /// <typeparam name="TResult">The payload it gives.</typeparam>
    /// <param name="result">A C# expression over the answer, which becomes JSONata.</param>
    internal ServiceStep<TIn, TResult> Giving<TResult>(Expression<Func<TOut, TResult>> result) => new(node.With(result));
}
