using System.Text.Json.Serialization;

namespace Orkestra.Authoring.Lowering;

/// <summary>A piece of JSONata.</summary>
/// <param name="Text">The text.</param>
/// <param name="Precedence">How tightly its outermost operator binds; see <see cref="Lowering.Precedence"/>.</param>
/// <param name="Traits">What is known about its value.</param>
internal sealed record JsonataFragment(string Text, int Precedence = Precedence.Atom, Traits Traits = Traits.None)
{
    const int longestRepeated = 60;

    /// <summary>What stands for the value where nothing is there.</summary>
    public string Absent { get; init; } = "null";

    /// <summary>The member it reads, before the default was put in for where the serializer leaves it out.</summary>
    public JsonataFragment? Bare { get; init; }

    /// <summary>The text without the parentheses around it, for a block of statements.</summary>
    public string? Statements { get; init; }

    /// <summary>The condition that this one denies, if it does nothing else.</summary>
    public JsonataFragment? Denied { get; init; }

    /// <summary>The converter of the member it was read from, when the member has one of its own.</summary>
    public JsonConverter? Converter { get; init; }

    public bool MayBeNull => Has(Traits.MayBeNull);

    public bool IsSequence => Has(Traits.Sequence);

    /// <summary>Whether it can stand twice in an expression without costing the reader or the machine much.</summary>
    public bool IsRepeatable => Precedence >= Lowering.Precedence.Path && Text.Length <= longestRepeated && !Text.Contains('(', StringComparison.Ordinal);

    public bool Has(Traits traits) => (Traits & traits) != 0;

    public JsonataFragment With(Traits traits) => this with { Traits = Traits | traits };

    public JsonataFragment Without(Traits traits) => this with { Traits = Traits & ~traits };

    /// <summary>The text as an operand of something that binds with <paramref name="power"/>.</summary>
    public string At(int power) => Precedence >= power ? Text : $"({Text})";

    public override string ToString() => Text;
}
