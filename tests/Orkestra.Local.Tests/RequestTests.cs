using Orkestra.Expressions.Data;
using Orkestra.Hosting.Service;
using Orkestra.Local.Requests;
using Shouldly;
using Xunit;

namespace Orkestra.Local.Tests;

/// <summary>How requests are checked before they are answered.</summary>
public sealed class RequestTests
{
    [Theory]
    [InlineData("CreateActivity", "{}", "1 validation error detected: Value null at 'name' failed to satisfy constraint: Member must not be null")]
    [InlineData("CreateActivity", """{"name":null}""", "1 validation error detected: Value null at 'name' failed to satisfy constraint: Member must not be null")]
    [InlineData("CreateActivity", """{"name":""}""", "1 validation error detected: Value '' at 'name' failed to satisfy constraint: Member must have length greater than or equal to 1")]
    [InlineData(
        "CreateStateMachine", """{"name":"","definition":""}""",
        "3 validation errors detected: Value '' at 'name' failed to satisfy constraint: Member must have length greater than or equal to 1; Value at 'definition' failed to satisfy constraint: "
        + "Member must have length greater than or equal to 1; Value null at 'roleArn' failed to satisfy constraint: Member must not be null")]
    [InlineData("ListStateMachines", """{"maxResults":-1}""", "1 validation error detected: Value '-1' at 'maxResults' failed to satisfy constraint: Member must have value greater than or equal to 0")]
    [InlineData("CreateActivity", """{"name":"a","tags":[{"key":"","value":"v"}]}""", "1 validation error detected: Value '' at 'tags.1.member.key' failed to satisfy constraint: Member must have length greater than or equal to 1")]
    [InlineData("UntagResource", """{"resourceArn":"arn","tagKeys":[null]}""", "1 validation error detected: Value null at 'tagKeys.1.member' failed to satisfy constraint: Member must not be null")]
    [InlineData("StartExecution", """{"stateMachineArn":"arn","traceHeader":"é"}""", @"1 validation error detected: Value 'é' at 'traceHeader' failed to satisfy constraint: Member must satisfy regular expression pattern: \p{ASCII}*")]
    [InlineData("RedriveExecution", """{"executionArn":"arn","clientToken":"a b"}""", "1 validation error detected: Value 'a b' at 'clientToken' failed to satisfy constraint: Member must satisfy regular expression pattern: [!-~]+")]
    [InlineData("CreateStateMachineAlias", """{"name":"a\n","routingConfiguration":[{"weight":1}]}""",
        "2 validation errors detected: Value 'a\n' at 'name' failed to satisfy constraint: Member must satisfy regular expression pattern: ^(?=.*[a-zA-Z_\\-\\.])[a-zA-Z0-9_\\-\\.]+$; "
        + "Value null at 'routingConfiguration.1.member.stateMachineVersionArn' failed to satisfy constraint: Member must not be null")]
    [InlineData("CreateStateMachine", """{"name":"a","definition":"d","roleArn":"r","loggingConfiguration":{"level":"SOME"}}""",
        "1 validation error detected: Value 'SOME' at 'loggingConfiguration.level' failed to satisfy constraint: Member must satisfy enum value set: [ALL, ERROR, FATAL, OFF]")]
    public void Broken_constraints_are_told_all_at_once(string action, string request, string message)
    {
        var refusal = Should.Throw<ServiceException>(() => RequestShapes.Check(action, (JsonObject)JsonValue.Parse(request)));
        (refusal.Code, refusal.Message).ShouldBe(("ValidationException", message));
    }

    [Theory]
    [InlineData("CreateActivity", """{"name":5}""", "NUMBER_VALUE can not be converted to a String")]
    [InlineData("CreateActivity", """{"name":true}""", "TRUE_VALUE can not be converted to a String")]
    [InlineData("CreateActivity", """{"name":["a"]}""", "Start of list found where not expected")]
    [InlineData("CreateActivity", """{"name":{}}""", "Start of structure or map found where not expected.")]
    [InlineData("CreateActivity", """{"name":"a","tags":"b"}""", "Unexpected field type")]
    [InlineData("ListActivities", """{"maxResults":"5"}""", "STRING_VALUE can not be converted to an Integer")]
    [InlineData("CreateStateMachine", """{"loggingConfiguration":"x"}""", "Unexpected value type in payload")]
    [InlineData("GetExecutionHistory", """{"reverseOrder":1}""", "NUMBER_VALUE can not be converted to a Boolean")]
    public void Values_of_the_wrong_type_are_refused_first(string action, string request, string message)
    {
        var refusal = Should.Throw<ServiceException>(() => RequestShapes.Check(action, (JsonObject)JsonValue.Parse(request)));
        (refusal.Code, refusal.Message).ShouldBe(("SerializationException", message));
    }

    [Fact]
    public void Unknown_members_are_ignored() => RequestShapes.Check("ListActivities", JsonObject.Create(("more", 1), ("maxResults", JsonValue.Null)));

    [Theory]
    [InlineData("q", "position", "q", true)]
    [InlineData("q", "position", "other", false)]
    public void A_page_token_belongs_to_its_question(string asked, string position, string question, bool isValid)
    {
        var token = PageToken.Write(asked, position);
        if (isValid) PageToken.Read(question, token).ShouldBe(position);
        else Should.Throw<ServiceException>(() => PageToken.Read(question, token)).Code.ShouldBe("InvalidToken");
    }

    [Theory]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("!!!!")]
    [InlineData("AAAA")]
    [InlineData("AAAAAAAAAAAA")]
    public void A_page_token_that_was_not_given_out_is_refused(string token) => Should.Throw<ServiceException>(() => PageToken.Read("q", token)).Code.ShouldBe("InvalidToken");
}
