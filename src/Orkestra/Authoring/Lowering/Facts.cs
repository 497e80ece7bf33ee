using System.Linq.Expressions;
using Orkestra.Authoring.Lowering.Metadata;
using Orkestra.Authoring.Lowering.Operations;

namespace Orkestra.Authoring.Lowering;

/// <summary>What a test says about nulls, so that <c>x.Note == null ? "" : x.Note</c> checks once.</summary>
internal static class Facts
{
    /// <summary>The JSONata of the values that are not null when a test comes out as given.</summary>
    public static IEnumerable<string> Of(Lowerer lowerer, Expression test, bool outcome) => test switch
    {
        UnaryExpression { NodeType: ExpressionType.Not } not => Of(lowerer, not.Operand, !outcome),
        BinaryExpression { NodeType: ExpressionType.AndAlso or ExpressionType.And } both when outcome => Of(lowerer, both.Left, true).Concat(Of(lowerer, both.Right, true)),
        BinaryExpression { NodeType: ExpressionType.OrElse or ExpressionType.Or } either when !outcome => Of(lowerer, either.Left, false).Concat(Of(lowerer, either.Right, false)),
        BinaryExpression binary => Values(binary, outcome).Select(value => lowerer.Lower(value).Text),
        MemberExpression { Member.Name: nameof(Nullable<>.HasValue), Expression: { } owner } when outcome && Types.IsNullable(owner.Type) => [lowerer.Lower(owner).Text],
        MethodCallExpression { Method.Name: nameof(string.IsNullOrEmpty) or nameof(string.IsNullOrWhiteSpace) } call when !outcome && call.Method.DeclaringType == typeof(string) =>
            [lowerer.Lower(call.Arguments[0]).Text],
        _ => [],
    };

    static IEnumerable<Expression> Values(BinaryExpression test, bool outcome)
    {
        if (Nulls.IsNullTest(test, outcome ? ExpressionType.NotEqual : ExpressionType.Equal, out var value)) return [Lowerer.Stripped(value)];

        // A comparison that holds compares no nulls, except null with null.
        if (!outcome || Nulls.IsNull(test.Left) || Nulls.IsNull(test.Right)) return [];
        return test.NodeType switch
        {
            ExpressionType.LessThan or ExpressionType.LessThanOrEqual or ExpressionType.GreaterThan or ExpressionType.GreaterThanOrEqual => Readable(test.Left, test.Right),
            ExpressionType.Equal when test.Right is ConstantExpression => Readable(test.Left),
            _ => [],
        };
    }

    static IEnumerable<Expression> Readable(params Expression[] values) => values.Select(Lowerer.Stripped).Where(static value => value is MemberExpression && (!value.Type.IsValueType || Types.IsNullable(value.Type)));
}
