using System.Linq.Expressions;
using System.Text.Json;
using System.Text.Json.Serialization;
using Orkestra.Authoring;
using Shouldly;
using Xunit;

namespace Orkestra.Tests.Authoring.Lowering;

/// <summary>The serializer's options decide what members are called, whether they are there, and what enums are.</summary>
public sealed partial class SerializerOptionsTests
{
    static readonly PayloadSerializer Plain = new(new JsonSerializerOptions());

    static readonly PayloadSerializer Snake = new(new JsonSerializerOptions { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower });

    static readonly PayloadSerializer WithoutNulls = new(new JsonSerializerOptions { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull });

    static readonly PayloadSerializer WithoutDefaults = new(new JsonSerializerOptions { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault });

    static readonly PayloadSerializer EnumsAsTexts = new(new JsonSerializerOptions { Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) } });

    [Fact]
    public void Names_follow_the_policy()
    {
        Lower((Shape s) => new { s.FirstName, Twice = s.Size * 2 }, Plain).ShouldBe("{'FirstName': $states.input.FirstName, 'Twice': $states.input.Size * 2}");
        Lower((Shape s) => new { s.FirstName }, Snake).ShouldBe("{'first_name': $states.input.first_name}");
        Lower((Shape s) => s.Renamed, Snake).ShouldBe("$exists($states.input.`re-named`) ? $states.input.`re-named` : null");
    }

    [Fact]
    public void Nulls_that_are_left_out_read_as_null_and_are_left_out_again()
    {
        Lower((Shape s) => s.Comment, WithoutNulls).ShouldBe("$exists($states.input.Comment) ? $states.input.Comment : null");
        Lower((Shape s) => new Shape("x", s.Size) { Comment = s.Comment, Colour = s.Colour, Part = null, Renamed = null }, WithoutNulls)
            .ShouldBe("{'FirstName': 'x', 'Size': $states.input.Size, 'Comment': $states.input.Comment, 'Colour': $states.input.Colour}");
        Lower((Shape s) => s.Comment == null ? "none" : s.Comment, WithoutNulls).ShouldBe("$states.input.Comment != null ? $states.input.Comment : 'none'");
    }

    [Fact]
    public void Defaults_that_are_left_out_read_as_defaults()
    {
        Lower((Shape s) => s.Size + 1, WithoutDefaults).ShouldBe("($exists($states.input.Size) ? $states.input.Size : 0) + 1");
        Lower((Shape s) => s.Colour == Colour.Red, WithoutDefaults).ShouldBe("($exists($states.input.Colour) ? $states.input.Colour : 0) = 0");
        Lower((Shape s) => new { s.Size, More = s.Size + 1 }, WithoutDefaults)
            .ShouldBe("{'Size': $states.input.Size, 'More': ($value := ($exists($states.input.Size) ? $states.input.Size : 0) + 1; $value != 0 ? $value)}");
    }

    [Fact]
    public void Enums_are_what_the_converters_say()
    {
        Lower((Shape s) => s.Colour == Colour.Green, Plain).ShouldBe("$states.input.Colour = 1");
        Lower((Shape s) => s.Colour == Colour.Green, EnumsAsTexts).ShouldBe("$states.input.Colour = 'green'");
        Lower((Shape s) => (int)s.Colour, EnumsAsTexts).ShouldBe("$lookup({'red': 0, 'green': 1, 'blue': 2}, $states.input.Colour)");
        Lower((Shape s) => $"a {s.Colour} one", EnumsAsTexts).ShouldBe("'a ' & $lookup({'red': 'Red', 'green': 'Green', 'blue': 'Blue'}, $states.input.Colour) & ' one'");
    }

    [Fact]
    public void Enums_with_a_converter_on_the_member()
    {
        Lower((Special s) => s.Colour == Colour.Blue, Plain).ShouldBe("$states.input.Colour = 'Blue'");
        Lower((Special s) => new Special(s.Colour), Plain).ShouldBe("{'Colour': $states.input.Colour}");
        Should.Throw<WorkflowException>(() => Lower((Special s) => new { s.Colour }, Plain)).Message.ShouldContain("Put the converter on the type or in the serializer's options.");
    }

    [Fact]
    public void Types_of_a_context()
    {
        var serializer = new PayloadSerializer(new JsonSerializerOptions { TypeInfoResolver = ShapeContext.Default });
        Lower((Shape s) => new Shape(s.FirstName + "!", 3) { Comment = "c", Colour = s.Colour, Part = s.Part, Renamed = null }, serializer)
            .ShouldBe("{'FirstName': $states.input.FirstName & '!', 'Size': 3, 'Comment': 'c', 'Colour': $states.input.Colour, 'Part': $states.input.Part}");
        Lower((Shape s) => s.Comment ?? "none", serializer).ShouldBe("$states.input.Comment != null ? $states.input.Comment : 'none'");
        Lower((Shape s) => new { s.Size, At = new DateOnly(2024, 1, 2) }, serializer).ShouldBe("{'Size': $states.input.Size, 'At': '2024-01-02'}");
    }

    [Theory]
    [InlineData(0, null)]
    [InlineData(3, "c")]
    public void Options_do_not_change_what_comes_out(int size, string? comment)
    {
        var shape = new Shape("f", size) { Comment = comment, Colour = (Colour)(size % 3), Part = comment is null ? null : new Part(comment) };
        foreach (var serializer in (PayloadSerializer[])[Plain, Snake, WithoutNulls, WithoutDefaults, EnumsAsTexts])
        {
            Same(s => new Shape(s.Comment ?? "none", s.Size * 2) { Comment = s.Comment, Colour = s.Colour, Part = s.Part, Renamed = s.Renamed });
            Same(s => new { s.FirstName, s.Size, s.Comment, s.Part, More = s.Size - 3, Name = s.Part == null ? null : s.Part.Name });
            Same(s => new[] { s.Comment, s.FirstName });
            Same(s => s.Comment != "c" || s.Colour == Colour.Red);
            Same(s => s.Part);
            Same(s => s.Size == 0 ? Colour.Blue : s.Colour);

            void Same<T>(Expression<Func<Shape, T>> lambda) => LoweringCase.Same(lambda.Compile(), shape, LoweringCase.Lower(lambda, serializer), serializer);
        }
    }

    static string Lower<TIn, TOut>(Expression<Func<TIn, TOut>> lambda, PayloadSerializer serializer) => LoweringCase.Lower(lambda, serializer);

    public sealed record Shape(string FirstName, int Size)
    {
        public string? Comment { get; init; }

        public Colour Colour { get; init; }

        public Part? Part { get; init; }

        [JsonPropertyName("re-named"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
        public string? Renamed { get; init; }
    }

    public sealed record Part(string Name);

    public sealed record Special([property: JsonConverter(typeof(JsonStringEnumConverter<Colour>))] Colour Colour);

    [JsonSerializable(typeof(Shape))]
    sealed partial class ShapeContext : JsonSerializerContext;
}
