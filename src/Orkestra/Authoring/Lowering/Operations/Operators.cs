using System.Linq.Expressions;
using Orkestra.Authoring.Lowering.Collections;
using Orkestra.Authoring.Lowering.Metadata;
using Orkestra.Authoring.Lowering.Methods;

namespace Orkestra.Authoring.Lowering.Operations;

/// <summary>Operators: sends each to the part that knows it.</summary>
internal static class Operators
{
    public static JsonataFragment Binary(Lowerer lowerer, BinaryExpression binary)
    {
        var boolean = Types.Unwrap(binary.Type) == typeof(bool);
        return binary.NodeType switch
        {
            ExpressionType.Add when binary.Type == typeof(string) => StringMethods.Concatenation(lowerer, binary),
            ExpressionType.Add or ExpressionType.AddChecked or ExpressionType.Subtract or ExpressionType.SubtractChecked or ExpressionType.Multiply
                or ExpressionType.MultiplyChecked or ExpressionType.Divide or ExpressionType.Modulo =>
                DateTimeMethods.TryBinary(lowerer, binary) ?? NumberMethods.Arithmetic(lowerer, binary),
            ExpressionType.Equal or ExpressionType.NotEqual => Comparisons.Equality(lowerer, binary),
            ExpressionType.LessThan or ExpressionType.LessThanOrEqual or ExpressionType.GreaterThan or ExpressionType.GreaterThanOrEqual =>
                Comparisons.Relation(lowerer, binary),
            ExpressionType.Coalesce => Nulls.Coalesce(lowerer, binary),
            ExpressionType.ArrayIndex => SequenceMethods.ElementAt(lowerer, binary.Left, binary.Right),
            _ when boolean && (Types.IsNullable(binary.Left.Type) || Types.IsNullable(binary.Right.Type)) =>
                throw Refusal.Of(binary, "three-valued logic is not JSONata's", "Decide what null means first, with '?? false'."),
            ExpressionType.AndAlso => Syntax.And(lowerer.Condition(binary.Left), After(lowerer, binary, true)),
            ExpressionType.OrElse => Syntax.Or(lowerer.Condition(binary.Left), After(lowerer, binary, false)),
            ExpressionType.And when boolean => Syntax.And(lowerer.Condition(binary.Left), lowerer.Condition(binary.Right)),
            ExpressionType.Or when boolean => Syntax.Or(lowerer.Condition(binary.Left), lowerer.Condition(binary.Right)),
            ExpressionType.ExclusiveOr when boolean => Syntax.Compare("!=", lowerer.Operand(binary.Left), lowerer.Operand(binary.Right)),
            _ => throw Refusal.Of(binary, "JSONata has no such operator"),
        };
    }

    public static JsonataFragment Unary(Lowerer lowerer, UnaryExpression unary) => unary.NodeType switch
    {
        ExpressionType.Not when unary.Type == typeof(bool) => Not(lowerer, unary.Operand),
        ExpressionType.Negate or ExpressionType.NegateChecked => NumberMethods.Negation(lowerer, unary),
        ExpressionType.UnaryPlus when Types.IsNumber(Types.Unwrap(unary.Type)) => lowerer.Operand(unary.Operand),
        ExpressionType.ArrayLength => Lowerer.Count(lowerer.Source(unary.Operand), Types.ElementOf(unary.Operand.Type)),
        ExpressionType.Quote => lowerer.Lower(unary.Operand),
        ExpressionType.Convert or ExpressionType.ConvertChecked => Conversions.Lower(lowerer, unary),
        ExpressionType.TypeAs => throw Refusal.Of(unary, "JSON does not carry C# types"),
        _ => throw Refusal.Of(unary, "JSONata has no such operator"),
    };

    public static JsonataFragment Conditional(Lowerer lowerer, ConditionalExpression conditional)
    {
        var (test, then, otherwise) = (conditional.Test, conditional.IfTrue, conditional.IfFalse);
        while (test is UnaryExpression { NodeType: ExpressionType.Not } not) (test, then, otherwise) = (not.Operand, otherwise, then);
        var (yes, no) = (Branch(then, true), Branch(otherwise, false));
        if (StringMethods.IsEmptyTest(test) is { } text) return Syntax.Conditional(StringMethods.IsNotEmpty(lowerer, text), no, yes);
        return Nulls.IsNullTest(test, ExpressionType.Equal, out var value)
            ? Syntax.Conditional(Nulls.IsNotNull(lowerer, value), no, yes)
            : Syntax.Conditional(lowerer.Condition(test), yes, no);

        JsonataFragment Branch(Expression branch, bool outcome) => lowerer.Knowing(Facts.Of(lowerer, test, outcome), () => lowerer.Value(branch));
    }

    /// <summary>The second operand, which is only looked at when the first came out as given.</summary>
    static JsonataFragment After(Lowerer lowerer, BinaryExpression binary, bool outcome) =>
        lowerer.Knowing(Facts.Of(lowerer, binary.Left, outcome), () => lowerer.Condition(binary.Right));

    static JsonataFragment Not(Lowerer lowerer, Expression operand)
    {
        if (operand is UnaryExpression { NodeType: ExpressionType.Not } twice) return lowerer.Condition(twice.Operand);
        if (Nulls.IsNullTest(operand, ExpressionType.Equal, out var value)) return Nulls.IsNotNull(lowerer, value);
        if (StringMethods.IsEmptyTest(operand) is { } text) return StringMethods.IsNotEmpty(lowerer, text);
        return Syntax.Not(lowerer.Condition(operand));
    }
}
