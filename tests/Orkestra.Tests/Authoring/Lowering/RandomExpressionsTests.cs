using System.Linq.Expressions;
using CsCheck;
using Xunit;

namespace Orkestra.Tests.Authoring.Lowering;

/// <summary>Random expressions give what C# gives: this is about parentheses, precedence and nulls.</summary>
public sealed class RandomExpressionsTests
{
    static readonly ParameterExpression Order = Expression.Parameter(typeof(Order), "o");

    static readonly Gen<Expression> NumberLeaf = Gen.OneOf(
        Gen.Int[-9, 9].Select(static n => (Expression)Expression.Constant(n)),
        Any(nameof(Lowering.Order.Quantity), nameof(Lowering.Order.Offset), nameof(Lowering.Order.Bonus)).Select(Member),
        Gen.Const<Expression>(Expression.Coalesce(Member(nameof(Lowering.Order.Limit)), Expression.Constant(2))),
        Gen.Const<Expression>(Expression.ArrayLength(Member(nameof(Lowering.Order.Numbers)))));

    static readonly Gen<Expression> ConditionLeaf = Gen.OneOf(
        Any(nameof(Lowering.Order.Paid), nameof(Lowering.Order.Urgent)).Select(Member),
        Gen.Select(Any(Comparisons), NumberLeaf, NumberLeaf, static (type, left, right) => (Expression)Expression.MakeBinary(type, left, right)),
        Gen.Select(
            Any(Comparisons),
            Gen.OneOf(Gen.Const(Member(nameof(Lowering.Order.Limit))), NumberLeaf.Select(static n => (Expression)Expression.Convert(n, typeof(int?)))),
            NumberLeaf,
            static (type, left, right) => (Expression)Expression.MakeBinary(type, left, Expression.Convert(right, typeof(int?)))),
        Gen.Select(
            Any(ExpressionType.Equal, ExpressionType.NotEqual),
            Any(nameof(Lowering.Order.Note), nameof(Lowering.Order.Hint), nameof(Lowering.Order.Id)),
            Any<Expression>(Expression.Constant("a"), Expression.Constant(null, typeof(string)), Member(nameof(Lowering.Order.Hint))),
            static (type, name, other) => (Expression)Expression.MakeBinary(type, Member(name), other)));

    static readonly Gen<Expression> Number = Gen.Recursive<Expression>(static (depth, self) => depth > 4 ? NumberLeaf : Gen.OneOf(NumberLeaf, Arithmetic(self), Choice(self)));

    static readonly Gen<Expression> Condition = Gen.Recursive<Expression>(static (depth, self) => depth > 3 ? ConditionLeaf : Gen.OneOf(ConditionLeaf, Logic(self)));

    static ExpressionType[] Comparisons =>
        [ExpressionType.Equal, ExpressionType.NotEqual, ExpressionType.LessThan, ExpressionType.LessThanOrEqual, ExpressionType.GreaterThan, ExpressionType.GreaterThanOrEqual];

    [Fact]
    public void Numbers() => Sample<int>(Number);

    [Fact]
    public void Conditions() => Sample<bool>(Condition);

    [Fact]
    public void Texts() =>
        Sample<string>(Gen.Select(Number, Condition, Number, static (first, test, second) =>
        {
            var concat = typeof(string).GetMethod(nameof(string.Concat), [typeof(object), typeof(object)])!;
            var left = Expression.Condition(test, Member(nameof(Lowering.Order.Note)), Member(nameof(Lowering.Order.Id)));
            return (Expression)Expression.Add(Expression.Add(left, Expression.Convert(first, typeof(object)), concat), Expression.Convert(second, typeof(object)), concat);
        }));

    static Gen<Expression> Arithmetic(Gen<Expression> operand) =>
        Gen.Select(
            Any(ExpressionType.Add, ExpressionType.Subtract, ExpressionType.Multiply, ExpressionType.Divide, ExpressionType.Modulo, ExpressionType.Negate),
            operand,
            operand,
            static (type, left, right) => type == ExpressionType.Negate ? (Expression)Expression.Negate(left) : Expression.MakeBinary(type, left, right));

    static Gen<Expression> Choice(Gen<Expression> value) =>
        Gen.Select(ConditionLeaf, value, value, static (test, then, otherwise) => (Expression)Expression.Condition(test, then, otherwise));

    static Gen<Expression> Logic(Gen<Expression> condition) =>
        Gen.Select(
            Any(ExpressionType.AndAlso, ExpressionType.OrElse, ExpressionType.Not, ExpressionType.ExclusiveOr, ExpressionType.Equal),
            condition,
            condition,
            static (type, left, right) => type == ExpressionType.Not ? (Expression)Expression.Not(left) : Expression.MakeBinary(type, left, right));

    static Gen<T> Any<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(i => values[i]);

    static Expression Member(string name) => Expression.Property(Order, name);

    static void Sample<T>(Gen<Expression> bodies) =>
        bodies.Sample(
            body =>
            {
                var lambda = Expression.Lambda<Func<Order, T>>(body, Order);
                var function = lambda.Compile(preferInterpretation: true);
                var text = LoweringCase.Lower(lambda);
                foreach (var order in Orders.All) LoweringCase.Same(function, order, text);
            },
            iter: 300,
            threads: 1,
            print: static body => body.ToString());
}
