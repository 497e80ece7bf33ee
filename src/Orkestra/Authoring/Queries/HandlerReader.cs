using System.Linq.Expressions;
using System.Reflection;
using Orkestra.Authoring.Nodes;

namespace Orkestra.Authoring.Queries;

/// <summary>Takes apart a handler that is written over the input and the exception: <c>(order, error) => Refuse.With(new Refusal(order.Id, error.Reason))</c>, or a value in place of a flow.</summary>
internal static class HandlerReader
{
    public static CaughtFlow Flow(Type exception, LambdaExpression handler, string text) => new(exception, new Unread<CaughtHandler>(() =>
    {
        var reading = FlowReader.Read(handler.Body);
        return new CaughtHandler(reading.Flow, reading.Input is { } input ? Input(handler, input, text) : null);
    }));

    public static CaughtFlow Value(Type exception, LambdaExpression handler, string text) =>
        new(exception, new Unread<CaughtHandler>(() => new CaughtHandler(IdentityFlowNode.Instance, Input(handler, handler.Body, text))), HasSteps: false);

    static CaughtInput Input(LambdaExpression handler, Expression value, string text)
    {
        var members = new MemberFinder(handler.Parameters[1]);
        members.Visit(value);
        return new CaughtInput(handler.Parameters, value, [.. members.Found], text);
    }

    // What is read of the exception has to be written where it is thrown.
    sealed class MemberFinder(ParameterExpression error) : ExpressionVisitor
    {
        public HashSet<PropertyInfo> Found { get; } = [];

        protected override Expression VisitMember(MemberExpression node)
        {
            if (node.Member is PropertyInfo property && node.Expression == error && property.DeclaringType != typeof(Exception) && property.Name != nameof(Exception.Message)) Found.Add(property);
            return base.VisitMember(node);
        }
    }
}
