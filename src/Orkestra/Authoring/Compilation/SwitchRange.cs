using System.Globalization;
using System.Linq.Expressions;
using Orkestra.Authoring.Lowering;

namespace Orkestra.Authoring.Compilation;

/// <summary>A condition that compares something with a number: <c>order.Total > 100</c>.</summary>
/// <param name="Subject">What is compared, as it is written.</param>
/// <param name="Operator">How, with the number on the right.</param>
/// <param name="Limit">The number.</param>
internal sealed record SwitchRange(string Subject, ExpressionType Operator, decimal Limit)
{
    /// <summary>The range of a condition; null when it is of another form.</summary>
    public static SwitchRange? Of(LambdaExpression? condition)
    {
        if (condition?.Body is not BinaryExpression { NodeType: ExpressionType.GreaterThan or ExpressionType.GreaterThanOrEqual or ExpressionType.LessThan or ExpressionType.LessThanOrEqual or ExpressionType.Equal } comparison) return null;
        if (Number(comparison.Right) is { } right) return new(CSharpText.Of(comparison.Left), comparison.NodeType, right);
        return Number(comparison.Left) is { } left ? new(CSharpText.Of(comparison.Right), Flipped(comparison.NodeType), left) : null;
    }

    /// <summary>Whether every number of another range is in this one.</summary>
    public bool Covers(SwitchRange other) => Subject == other.Subject && (Operator, other.Operator) switch
    {
        (ExpressionType.GreaterThan, ExpressionType.GreaterThan) => other.Limit >= Limit,
        (ExpressionType.GreaterThan, ExpressionType.GreaterThanOrEqual or ExpressionType.Equal) => other.Limit > Limit,
        (ExpressionType.GreaterThanOrEqual, ExpressionType.GreaterThan or ExpressionType.GreaterThanOrEqual or ExpressionType.Equal) => other.Limit >= Limit,
        (ExpressionType.LessThan, ExpressionType.LessThan) => other.Limit <= Limit,
        (ExpressionType.LessThan, ExpressionType.LessThanOrEqual or ExpressionType.Equal) => other.Limit < Limit,
        (ExpressionType.LessThanOrEqual, ExpressionType.LessThan or ExpressionType.LessThanOrEqual or ExpressionType.Equal) => other.Limit <= Limit,
        _ => false,
    };

    static ExpressionType Flipped(ExpressionType type) => type switch
    {
        ExpressionType.GreaterThan => ExpressionType.LessThan,
        ExpressionType.GreaterThanOrEqual => ExpressionType.LessThanOrEqual,
        ExpressionType.LessThan => ExpressionType.GreaterThan,
        ExpressionType.LessThanOrEqual => ExpressionType.GreaterThanOrEqual,
        _ => type,
    };

    static decimal? Number(Expression expression)
    {
        if (!Constants.TryEvaluate(expression, out var value) || value is not (int or long or short or byte or uint or decimal or double or float)) return null;
        try
        {
            return Convert.ToDecimal(value, CultureInfo.InvariantCulture);
        }
        catch (OverflowException)
        {
            return null;
        }
    }
}
