using System.Diagnostics.CodeAnalysis;
using System.Linq.Expressions;
using CsCheck;
using Xunit;

namespace Orkestra.Tests.Authoring.Lowering;

/// <summary>Random chains of LINQ give what C# gives: this is about sequences that are no arrays, and arrays inside arrays.</summary>
public sealed class RandomPipelinesTests
{
    static readonly ParameterExpression Order = Expression.Parameter(typeof(Order), "o");

    /// <summary>Sequences of numbers.</summary>
    static readonly Gen<Expression> Flat = Gen.Recursive<Expression>(static (depth, self) => depth > 5 ? Numbers : Gen.OneOf(Numbers, Narrowed<int>(self), Mapped(self), Merged<int>(self), Nested(self)));

    /// <summary>Sequences of arrays of numbers.</summary>
    static readonly Gen<Expression> Rows = Gen.Recursive<Expression>(static (depth, self) => depth > 4 ? Matrix : Gen.OneOf(Matrix, Narrowed<int[]>(self), Merged<int[]>(self), Shaped(self)));

    static Gen<Expression> Numbers => Gen.Const<Expression>(Expression.Property(Order, nameof(Lowering.Order.Numbers)));

    static Gen<Expression> Matrix => Gen.Const<Expression>(Expression.Property(Order, nameof(Lowering.Order.Matrix)));

    [Fact]
    public void Arrays() => Sample<int[]>(Flat.Select(static source => Call<int>(nameof(Enumerable.ToArray), source)));

    [Fact]
    public void Arrays_of_arrays() => Sample<int[][]>(Rows.Select(static source => Call<int[]>(nameof(Enumerable.ToArray), source)));

    [Fact]
    public void Members() =>
        Sample<object>(Gen.Select(Flat, Rows, static (flat, rows) =>
            (Expression)Expression.NewArrayInit(typeof(object), Expression.Convert(Call<int>(nameof(Enumerable.Count), flat), typeof(object)), Call<int[]>(nameof(Enumerable.ToArray), rows), Call<int>(nameof(Enumerable.ToList), flat))));

    [Fact]
    public void Single_values() =>
        Sample<int>(Gen.Select(
            Flat,
            Any(nameof(Enumerable.Sum), nameof(Enumerable.Count), nameof(Enumerable.Max), nameof(Enumerable.Min), nameof(Enumerable.First), nameof(Enumerable.LastOrDefault), nameof(Enumerable.FirstOrDefault)),
            static (source, name) => name is nameof(Enumerable.Sum) or nameof(Enumerable.Max) or nameof(Enumerable.Min)
                ? Expression.Call(typeof(Enumerable).GetMethod(name, [typeof(IEnumerable<int>)])!, source)
                : Call<int>(name, source)));

    [Fact]
    public void Tests() =>
        Sample<bool>(Gen.Select(Flat, Rows, Any(nameof(Enumerable.Any), nameof(Enumerable.All)), static (flat, rows, name) =>
            (Expression)Expression.ExclusiveOr(Call<int>(name, flat, Test<int>(2)), Call<int[]>(nameof(Enumerable.Any), rows, Test<int[]>(1)))));

    static Gen<Expression> Narrowed<T>(Gen<Expression> source) =>
        Gen.Select(
            source,
            Any("Where", "Take", "Skip", "TakeLast", "SkipLast", "TakeWhile", "SkipWhile", "Reverse", "OrderBy", "OrderByDescending"),
            Gen.Int[0, 3],
            static (source, name, n) => name switch
            {
                "Reverse" => Expression.Call(typeof(Enumerable), name, [typeof(T)], Call<T>("Skip", source, Expression.Constant(0))),
                "Where" or "TakeWhile" or "SkipWhile" => Call<T>(name, source, Test<T>(n)),
                "OrderBy" or "OrderByDescending" => Expression.Call(typeof(Enumerable), name, [typeof(T), typeof(int)], source, Key<T>()),
                _ => Call<T>(name, source, Expression.Constant(n)),
            });

    static Gen<Expression> Merged<T>(Gen<Expression> source) =>
        Gen.Select(source, source, Any("Concat", "Union", "Except", "Intersect", "Distinct"), static (left, right, name) =>
            name == "Distinct" && typeof(T) == typeof(int) ? Call<T>(name, left)
            : typeof(T) == typeof(int) || name == "Concat" ? Call<T>(name, left, right)
            : Call<T>("Concat", left, right));

    static Gen<Expression> Mapped(Gen<Expression> source) =>
        Gen.Select(source, Gen.Int[-2, 2], static (source, n) =>
        {
            var parameter = Expression.Parameter(typeof(int), "n");
            return (Expression)Expression.Call(
                typeof(Enumerable), nameof(Enumerable.Select), [typeof(int), typeof(int)], source, Expression.Lambda<Func<int, int>>(Expression.Add(parameter, Expression.Constant(n)), parameter));
        });

    static Gen<Expression> Nested(Gen<Expression> source) =>
        Gen.Select(Matrix, source, Any("flat", "sums", "inner"), static (rows, source, kind) =>
        {
            var row = Expression.Parameter(typeof(int[]), "n");
            var number = Expression.Parameter(typeof(int), "n");
            return kind switch
            {
                "flat" => (Expression)Expression.Call(typeof(Enumerable), nameof(Enumerable.SelectMany), [typeof(int[]), typeof(int)], rows, Expression.Lambda<Func<int[], IEnumerable<int>>>(row, row)),
                "sums" => Expression.Call(
                    typeof(Enumerable), nameof(Enumerable.Select), [typeof(int[]), typeof(int)], rows, Expression.Lambda<Func<int[], int>>(Call<int>(nameof(Enumerable.Count), row), row)),
                _ => Expression.Call(
                    typeof(Enumerable), nameof(Enumerable.SelectMany), [typeof(int), typeof(int)], source,
                    Expression.Lambda<Func<int, IEnumerable<int>>>(
                        Expression.Call(typeof(Enumerable), nameof(Enumerable.Range), [], number, Expression.Constant(2)), number)),
            };
        });

    static Gen<Expression> Shaped(Gen<Expression> source) =>
        source.Select(static source =>
        {
            var row = Expression.Parameter(typeof(int[]), "row");
            return (Expression)Expression.Call(
                typeof(Enumerable), nameof(Enumerable.Select), [typeof(int[]), typeof(int[])], source,
                Expression.Lambda<Func<int[], int[]>>(Call<int>(nameof(Enumerable.ToArray), Call<int>(nameof(Enumerable.Where), row, Test<int>(2))), row));
        });

    static Expression<Func<T, bool>> Test<T>(int n)
    {
        var parameter = Expression.Parameter(typeof(T), "n");
        return Expression.Lambda<Func<T, bool>>(Expression.GreaterThan(typeof(T) == typeof(int) ? parameter : Expression.ArrayLength(parameter), Expression.Constant(n)), parameter);
    }

    static Expression<Func<T, int>> Key<T>()
    {
        var parameter = Expression.Parameter(typeof(T), "count");
        return Expression.Lambda<Func<T, int>>(typeof(T) == typeof(int) ? parameter : Expression.ArrayLength(parameter), parameter);
    }

    [SuppressMessage("Performance", "CA1859", Justification = "Generators of calls have to be generators of expressions.")]
    static Expression Call<T>(string name, params Expression[] arguments) => Expression.Call(typeof(Enumerable), name, [typeof(T)], arguments);

    static Gen<T> Any<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(i => values[i]);

    static void Sample<T>(Gen<Expression> bodies) =>
        bodies.Sample(
            body =>
            {
                var lambda = Expression.Lambda<Func<Order, T>>(body.Type == typeof(T) ? body : Expression.Convert(body, typeof(T)), Order);
                var function = lambda.Compile(preferInterpretation: true);
                var text = LoweringCase.Lower(lambda);
                foreach (var order in Orders.All) LoweringCase.Same(function, order, text);
            },
            iter: 100,
            threads: 1,
            print: static body => body.ToString());
}
