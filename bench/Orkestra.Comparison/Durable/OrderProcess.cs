using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Amazon.Lambda.Core;
using Amazon.Lambda.DurableExecution;
using Amazon.Lambda.RuntimeSupport;
using Amazon.Lambda.Serialization.SystemTextJson;
using Amazon.SimpleNotificationService;

/// <summary>The order process as a durable function. Not compiled here; written after version 0.x of the library, where a step's function takes a token.</summary>
public static class OrderProcess
{
    static readonly AmazonDynamoDBClient Table = new();
    static readonly AmazonSimpleNotificationServiceClient Topic = new();

    public static async Task Main()
    {
        using var wrapper = HandlerWrapper.GetHandlerWrapper<DurableExecutionInvocationInput, DurableExecutionInvocationOutput>(Handle, new DefaultLambdaJsonSerializer());
        using var bootstrap = new LambdaBootstrap(wrapper);
        await bootstrap.RunAsync();
    }

    static Task<DurableExecutionInvocationOutput> Handle(DurableExecutionInvocationInput input, ILambdaContext context) =>
        DurableFunction.WrapAsync<CustomerOrder, OrderResult>(RunAsync, input, context);

    static async Task<OrderResult> RunAsync(CustomerOrder order, IDurableContext context)
    {
        var undo = new Stack<(string Name, Func<Task> Work)>();
        OrderResult result;
        try
        {
            try
            {
                result = await CarryAsync(order, context, undo);
            }
            catch
            {
                foreach (var (name, work) in undo) await context.StepAsync((_, _) => work(), name);
                throw;
            }
        }
        catch (StepException error) when (error.ErrorType == typeof(CardDeclinedException).FullName)
        {
            result = new OrderResult(order.Id, false, error.Message);
        }
        catch (StepException error) when (error.ErrorType == typeof(OrderRefusedException).FullName)
        {
            result = new OrderResult(order.Id, false, error.Message);
        }
        catch (OrderRefusedException refused)
        {
            result = new OrderResult(order.Id, false, refused.Message);
        }
        catch (CallbackTimeoutException)
        {
            result = new OrderResult(order.Id, false, "Nobody answered in time");
        }
        catch
        {
            await AuditAsync(order, context);
            throw;
        }

        await AuditAsync(order, context);
        await context.StepAsync((_, token) => Topic.PublishAsync(Environment.GetEnvironmentVariable("CUSTOMER_TOPIC"), result.Message, token), "Notify");
        return result;
    }

    static async Task<OrderResult> CarryAsync(CustomerOrder order, IDurableContext context, Stack<(string Name, Func<Task> Work)> undo)
    {
        var priced = await context.StepAsync((_, _) => Task.FromResult(OrderSteps.Price(OrderSteps.Validate(order))), "Prepare");
        if (priced.Total > 1000)
        {
            var decision = await context.WaitForCallbackAsync<Decision>(
                (id, _, _) => OrderSteps.AskManager(priced, id), "AskManager", new WaitForCallbackConfig { Timeout = TimeSpan.FromDays(3) });
            if (!decision.IsApproved) throw new OrderRefusedException($"{decision.By} refused the order");
        }

        var reserved = await context.StepAsync((_, _) => Task.FromResult(OrderSteps.Reserve(priced)), "Reserve");
        undo.Push(("Release", () => OrderSteps.Release(reserved)));
        var retry = RetryStrategy.Exponential(6, TimeSpan.FromSeconds(2), TimeSpan.FromMinutes(1), jitter: JitterStrategy.Full, retryableExceptions: [typeof(BankUnreachableException)]);
        var charged = await context.StepAsync(
            (step, _) => Task.FromResult(OrderSteps.Charge(reserved, $"{context.ExecutionContext.DurableExecutionArn}/{step.OperationId}")), "Charge", new StepConfig { RetryStrategy = retry });
        undo.Push(("Refund", () => OrderSteps.Refund(charged)));
        var trackingId = await context.RunInChildContextAsync((child, _) => ShipAsync(charged.Delivery, child), "Shipping");
        await context.StepAsync((_, token) => StoreAsync(charged, trackingId, token), "Store");
        return new OrderResult(order.Id, true, $"Order {order.Id} was delivered, tracked as {trackingId}");
    }

    static async Task<string> ShipAsync(Delivery delivery, IDurableContext context)
    {
        var sent = delivery switch
        {
            Parcel parcel => await context.StepAsync((_, _) => Task.FromResult(OrderSteps.SendParcel(parcel)), "SendParcel"),
            Pickup pickup => await context.StepAsync((_, _) => Task.FromResult(OrderSteps.PutAside(pickup)), "PutAside"),
            _ => throw new InvalidOperationException("There is no such delivery"),
        };
        var arrived = await context.WaitForConditionAsync(
            (parcels, _, _) => Task.FromResult(OrderSteps.Track(parcels)),
            new WaitForConditionConfig<Parcels> { InitialState = sent, WaitStrategy = WaitStrategy.Fixed<Parcels>(TimeSpan.FromHours(6), maxAttempts: 56, isDone: parcels => parcels.IsDelivered) },
            "Track");
        return arrived.TrackingId;
    }

    static Task AuditAsync(CustomerOrder order, IDurableContext context) => context.StepAsync((_, _) => OrderSteps.Audit(order), "Audit");

    static Task StoreAsync(CustomerOrder order, string trackingId, CancellationToken token) => Table.PutItemAsync(
        Environment.GetEnvironmentVariable("ORDERS_TABLE"),
        new Dictionary<string, AttributeValue>
        {
            ["id"] = new(order.Id),
            ["customer"] = new(order.Customer),
            ["total"] = new() { N = order.Total.ToString(CultureInfo.InvariantCulture) },
            ["trackingId"] = new(trackingId),
        },
        token);
}
