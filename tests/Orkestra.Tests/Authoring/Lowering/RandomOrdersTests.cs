using CsCheck;
using Xunit;

namespace Orkestra.Tests.Authoring.Lowering;

/// <summary>Every case over orders gives what C# gives for random orders too.</summary>
public sealed class RandomOrdersTests
{
    static Gen<T> Any<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(i => values[i]);

    static readonly Gen<string> Word = Gen.OneOf(Any("", "a", "b", "sku", "o-1", "Abc d", "x-y", "  ", "é", "it's"), Gen.String[Gen.Char["abcXYZ -_'\"\\$1"], 0, 8]);

    static readonly Gen<decimal> Money = Gen.Int[-40_000, 40_000].Select(static quarters => quarters / 4m);

    static readonly Gen<Line> Line = Gen.Select(
        Any("a", "b", "sku-1", "sku-2"),
        Gen.Int[-2, 5],
        Money,
        Word.Array[0, 3],
        Gen.OneOf(Gen.Const((string?)null), Word.Select(static word => (string?)word)),
        static (sku, count, cost, labels, remark) => new Line(sku, count, cost) { Labels = labels, Remark = remark });

    static readonly Gen<int?> MaybeNumber = Gen.OneOf(Gen.Const((int?)null), Gen.Int[-50, 50].Select(static n => (int?)n));

    static readonly Gen<string?> MaybeWord = Gen.OneOf(Gen.Const((string?)null), Word.Select(static word => (string?)word));

    static readonly Gen<DateTimeOffset> Moment =
        Gen.Select(Gen.Long[0, 4_000_000_000_000], Gen.Int[-12, 12], static (millis, hours) => DateTimeOffset.FromUnixTimeMilliseconds(millis).ToOffset(TimeSpan.FromHours(hours)));

    static readonly Gen<Customer> Customer = Gen.Select(Word, Gen.Int[0, 99], MaybeWord, static (name, age, email) => new Customer(name, age) { Email = email });

    public static readonly Gen<Order> Order =
        Gen.Select(
            Gen.Select(Word, Gen.Int[-20, 20], Money, MaybeWord, MaybeNumber, Gen.Int[-9, 9], Gen.Int[-400, 400], Gen.Bool),
            Gen.Select(MaybeWord, Any(0, 0, 1, 2), Gen.Bool, Any((bool?)null, true, false), Gen.Enum<Colour>(), Gen.Enum<Mood>(), Gen.Char['a', 'z'], Customer),
            Gen.Select(Line.Array[0, 5], Any("a", "b", "c").List[0, 5], Gen.Int[-5, 5].Array[0, 5], MaybeNumber.Array[0, 4], Gen.Int[0, 3].Array[0, 3].Array[0, 3], Moment, Gen.Guid),
            static (first, second, third) => new Order(first.Item1, first.Item2, first.Item3)
            {
                Note = first.Item4,
                Limit = first.Item5,
                Offset = first.Item6,
                Weight = first.Item7 / 8.0,
                Paid = first.Item8,
                Hint = second.Item1,
                Bonus = second.Item2,
                Urgent = second.Item3,
                Checked = second.Item4,
                Colour = second.Item5,
                Mood = second.Item6,
                Letter = second.Item7,
                Customer = second.Item8,
                Agent = second.Item3 ? second.Item8 with { Age = second.Item8.Age + 1 } : null,
                Lines = third.Item1,
                Tags = third.Item2,
                Numbers = third.Item3,
                Gaps = third.Item4,
                Matrix = third.Item5,
                At = third.Item6,
                When = third.Item6.UtcDateTime,
                Day = DateOnly.FromDateTime(third.Item6.UtcDateTime),
                Key = third.Item7,
                Stock = third.Item2.Distinct().ToDictionary(static tag => tag, static tag => tag[0] - 'a'),
                Rows = third.Item3.Distinct().ToDictionary(static n => n, static n => $"row {n}"),
                Pair = (first.Item1, first.Item2),
                Series = (third.Item3, "kg"),
                Odd = second.Item1 ?? "",
            });

    public static readonly LoweringCase[] Cases = [.. LoweringCases.All.Where(static example => example.Lambda.Parameters[0].Type == typeof(Order))];

    [Fact]
    public void Random_orders()
    {
        var texts = Cases.Select(static example => LoweringCase.Lower(example.Lambda)).ToArray();
        Order.Sample(order =>
        {
            for (var i = 0; i < Cases.Length; i++) Cases[i].CheckOne(order, texts[i]);
        }, iter: 30, threads: 1, print: static order => LoweringCase.Json(order));
    }
}
