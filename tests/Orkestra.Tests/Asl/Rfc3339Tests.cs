using Orkestra.Asl;
using Orkestra.Validation;
using Shouldly;
using Xunit;

namespace Orkestra.Tests.Asl;

public sealed class Rfc3339Tests
{
    [Theory]
    [InlineData("2024-02-29T12:00:00Z", "2024-02-29T12:00:00.0000000Z")]
    [InlineData("2024-02-29T12:00:00.25+01:30", "2024-02-29T10:30:00.2500000Z")]
    [InlineData("2024-02-29T12:00:00.12345678999-00:30", "2024-02-29T12:30:00.1234567Z")]
    [InlineData("2024-02-29T12:00:00+18:00", "2024-02-28T18:00:00.0000000Z")]
    [InlineData("2024-02-29T12:00:00+18:01", null)]
    [InlineData("2024-02-29T12:00:00+23:00", null)]
    [InlineData("2024-02-29T12:00:60Z", null)]
    [InlineData("2024-02-29T24:00:00Z", null)]
    [InlineData("2023-02-29T12:00:00Z", null)]
    [InlineData("2024-02-29T12:00:00.Z", null)]
    [InlineData("2024-02-29t12:00:00z", null)]
    [InlineData("2024-02-29T12:00:00", null)]
    [InlineData("2024-02-29T12:00:00Z\n", null)]
    public void Validation_and_execution_read_timestamps_alike(string text, string? utc)
    {
        Rfc3339.TryParse(text, out var ticks).ShouldBe(utc is not null);
        if (utc is not null) new DateTime(ticks, DateTimeKind.Utc).ToString("O").ShouldBe(utc);
        var wait = $$$$"""{"StartAt":"W","States":{"W":{"Type":"Wait","Timestamp":"{{{{text.Replace("\n", "\\n", StringComparison.Ordinal)}}}}","End":true}}}""";
        StateMachineValidator.Validate(wait).IsValid.ShouldBe(utc is not null);
    }

    [Theory]
    [InlineData("2024-02-29t12:00:00z", "2024-02-29T12:00:00.0000000Z")]
    [InlineData("2024-02-29T12:00Z", "2024-02-29T12:00:00.0000000Z")]
    [InlineData("2024-02-29t12:00+09:00", "2024-02-29T03:00:00.0000000Z")]
    [InlineData("2024-02-29T12:00:00.123456789Z", "2024-02-29T12:00:00.1234567Z")]
    [InlineData("2024-02-29T12:00.5Z", null)]
    [InlineData("2024-02-29 12:00:00Z", null)]
    [InlineData("2024-02-29T12:00:00", null)]
    [InlineData("2023-02-29T12:00:00Z", null)]
    public void More_forms_are_read_at_run_time(string text, string? utc)
    {
        Rfc3339.TryParseGiven(text, out var ticks).ShouldBe(utc is not null);
        if (utc is not null) new DateTime(ticks, DateTimeKind.Utc).ToString("O").ShouldBe(utc);
    }
}
