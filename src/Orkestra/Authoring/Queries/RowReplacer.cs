using System.Linq.Expressions;

namespace Orkestra.Authoring.Queries;

/// <summary>Puts an expression in place of a parameter; a member of a row under construction becomes what the row was given for it.</summary>
internal sealed class RowReplacer(ParameterExpression parameter, Expression value) : ExpressionVisitor
{
    protected override Expression VisitParameter(ParameterExpression node) => node == parameter ? value : node;

    protected override Expression VisitMember(MemberExpression node)
    {
        var owner = Visit(node.Expression);
        if (owner is NewExpression { Members: { } members } row && owner != node.Expression)
        {
            for (var i = 0; i < members.Count; i++)
            {
                if (members[i].Name == node.Member.Name) return row.Arguments[i];
            }
        }

        return node.Update(owner);
    }
}
