using Shouldly;
using Xunit;

namespace Orkestra.Tests.Authoring.Lowering;

/// <summary>Every case of <see cref="LoweringCases"/> becomes the JSONata it says, and gives what C# gives.</summary>
public sealed class LoweringTests
{
    static readonly LoweringCase[] Cases = [.. LoweringCases.All];

    public static IEnumerable<TheoryDataRow<int>> Indexes =>
        Cases.Select((example, i) => new TheoryDataRow<int>(i) { TestDisplayName = example.ToString() });

    [Theory]
    [MemberData(nameof(Indexes))]
    public void Is_written_as_expected(int index)
    {
        var example = Cases[index];
        LoweringCase.Lower(example.Lambda).ShouldBe(example.Jsonata);
    }

    [Theory]
    [MemberData(nameof(Indexes))]
    public void Gives_what_the_lambda_gives(int index)
    {
        var example = Cases[index];
        example.Check(LoweringCase.Lower(example.Lambda));
    }
}
