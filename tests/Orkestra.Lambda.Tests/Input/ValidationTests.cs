using System.ComponentModel.DataAnnotations;
using Orkestra.Authoring;
using Orkestra.Expressions.Data;
using Shouldly;
using Xunit;

namespace Orkestra.Lambda.Tests.Input;

public sealed class ValidationTests
{
    internal sealed record Line([Required] string? Sku, [Range(1, 10)] int Count);

    internal sealed class Order : IValidatableObject
    {
        [StringLength(5)]
        public string? Code { get; init; }

        public Line[] Lines { get; init; } = [];

        public Dictionary<string, Line> Extras { get; init; } = [];

        public decimal Paid { get; init; }

        public decimal Total { get; init; }

        public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
        {
            if (Paid > Total)
                yield return new ValidationResult("Paid is more than Total.", [nameof(Paid)]);
        }
    }

    static readonly Step<Order, int> Book = new(order => order.Lines.Length) { Validate = true };

    static async Task<string?> Problems(string payload)
    {
        try
        {
            await ((IStep)Book).InvokeAsync(JsonValue.Parse(payload), PayloadSerializer.Default, new StepContext());
            return null;
        }
        catch (ValidationException exception)
        {
            return exception.Message;
        }
    }

    [Fact]
    public async Task A_valid_input_passes() =>
        (await Problems("""{"code":"abc","lines":[{"sku":"a","count":1}],"extras":{"x":{"sku":"b","count":10}},"paid":1,"total":2}""")).ShouldBeNull();

    [Fact]
    public async Task Every_problem_is_told_with_its_place() =>
        (await Problems("""{"code":"abcdefg","lines":[{"sku":"a","count":1},{"count":11}],"extras":{"x":{"sku":"","count":1}}}""")).ShouldBe(
            "Step 'Book' refuses its input: code: The field code must be a string with a maximum length of 5; lines[1].sku: The sku field is required; "
            + "lines[1].count: The field count must be between 1 and 10; extras.x.sku: The sku field is required");

    [Fact]
    public async Task The_objects_own_check_comes_last() =>
        (await Problems("""{"paid":3,"total":2}""")).ShouldBe("Step 'Book' refuses its input: paid: Paid is more than Total");

    [Fact]
    public async Task In_a_function_it_is_the_error_named_ValidationException()
    {
        await using var host = new FunctionHost("Book", options => options.Add(Book));
        (await host.InvokeAsync("""{"paid":3,"total":2}""")).ErrorType.ShouldBe("ValidationException");
    }
}
