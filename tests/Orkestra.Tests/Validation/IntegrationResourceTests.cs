using Orkestra.Validation;
using Shouldly;
using Xunit;

namespace Orkestra.Tests.Validation;

public sealed class IntegrationResourceTests
{
    [Theory]
    [InlineData("aws-sdk:s3:getObject", true)]
    [InlineData("aws-sdk:s3:getObject.waitForTaskToken", true)]
    [InlineData("aws-sdk:s3:selectObjectContent", false)]
    [InlineData("aws-sdk:s3:getObject.sync", false)]
    [InlineData("aws-sdk:s3:getObject.later", false)]
    [InlineData("aws-sdk:s3", false)]
    [InlineData("aws-sdk:s3:", false)]
    [InlineData("aws-sdk:s3:GetObject", false)]
    [InlineData("aws-sdk:newservice:DoIt", false)]
    [InlineData("aws-sdk:newservice:doIt", true)]
    [InlineData("newservice:doIt", true)]
    [InlineData("states:startExecution.sync:2", true)]
    [InlineData("states:startExecution.sync:3", false)]
    [InlineData("sqs:sendMessage.sync", false)]
    [InlineData("dynamodb:query", false)]
    public void A_resource_names_an_integration_that_exists(string integration, bool isKnown)
    {
        var problems = StateMachineValidator.Validate($$"""
            { "QueryLanguage": "JSONata", "StartAt": "T", "States": { "T": { "Type": "Task", "Resource": "arn:aws:states:::{{integration}}", "End": true } } }
            """);
        problems.Diagnostics.Any(problem => problem.Message.Contains("is not recognized", StringComparison.Ordinal)).ShouldBe(!isKnown);
    }
}
