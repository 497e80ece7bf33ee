using Amazon.DynamoDBv2;
using Amazon.SimpleNotificationService;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Temporalio.Extensions.Hosting;

// The worker process. Not compiled here.
var builder = Host.CreateApplicationBuilder(args);
builder.Services.AddSingleton<IAmazonDynamoDB, AmazonDynamoDBClient>();
builder.Services.AddSingleton<IAmazonSimpleNotificationService, AmazonSimpleNotificationServiceClient>();
builder.Services.AddTemporalClient(options =>
{
    options.TargetHost = Environment.GetEnvironmentVariable("TEMPORAL_ADDRESS")!;
    options.Namespace = Environment.GetEnvironmentVariable("TEMPORAL_NAMESPACE")!;
    options.ApiKey = Environment.GetEnvironmentVariable("TEMPORAL_API_KEY");
    options.Tls = new();
});
builder.Services.AddHostedTemporalWorker("orders")
    .AddScopedActivities<OrderActivities>()
    .AddWorkflow<OrderProcessWorkflow>()
    .AddWorkflow<ShippingWorkflow>();
await builder.Build().RunAsync();
