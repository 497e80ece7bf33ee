using Amazon.CDK;
using Amazon.CDK.AWS.Apigatewayv2;
using Amazon.CDK.AwsApigatewayv2Integrations;
using Constructs;
using Orkestra.Cdk;
using HttpMethod = Amazon.CDK.AWS.Apigatewayv2.HttpMethod;

/// <summary>An HTTP API: <c>POST /orders</c> starts a workflow without any function between, <c>GET /orders/{id}</c> is answered by a step.</summary>
public sealed class RestStack : Stack
{
    public RestStack(Construct scope, string id, IStackProps? props = null)
        : base(scope, id, props)
    {
        var machine = new PlaceOrder().StateMachine(this);
        var api = new HttpApi(this, "Api");
        api.AddRoutes(new AddRoutesOptions
        {
            Path = "/orders",
            Methods = [HttpMethod.POST],
            Integration = new HttpStepFunctionsIntegration("Start", new HttpStepFunctionsIntegrationProps
            {
                StateMachine = machine,
                ParameterMapping = new ParameterMapping().Custom("Input", "$request.body").Custom("StateMachineArn", machine.StateMachineArn),
            }),
        });
        api.AddRoutes(new AddRoutesOptions
        {
            Path = "/orders/{id}",
            Methods = [HttpMethod.GET],
            Integration = new HttpLambdaIntegration("Show", OrderSteps.ShowOrder.Function(this)),
        });
        _ = new CfnOutput(this, "Url", new CfnOutputProps { Value = api.ApiEndpoint });
    }
}
